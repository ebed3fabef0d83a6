import { readDashboardConfig } from './config.js';
import { runDashboard } from './dashboard.js';

runDashboard(readDashboardConfig(process.env));
